alter table quote alter note set not null;
