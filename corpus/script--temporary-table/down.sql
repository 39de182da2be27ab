alter table quote drop extra;
