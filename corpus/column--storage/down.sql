alter table quote alter note set storage extended;
