delete from quote where note is null;
alter table quote alter note set not null;
