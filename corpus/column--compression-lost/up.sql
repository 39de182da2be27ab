alter table quote alter note type varchar(99);
