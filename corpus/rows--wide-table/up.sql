alter table wide alter c77 type varchar(2) using left(c77, 2);
