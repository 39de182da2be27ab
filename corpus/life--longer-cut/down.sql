alter table quote alter name type varchar(10) using left(name, 10);
