alter table wide alter c77 type text;
