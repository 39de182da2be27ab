alter table quote alter note drop default;
