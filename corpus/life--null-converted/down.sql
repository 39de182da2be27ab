update quote set note = '' where note is null;
alter table quote alter note set not null;
