alter table quote alter name type varchar(10);
