alter table quote alter note drop not null;
