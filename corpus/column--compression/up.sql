alter table quote alter note set compression default;
