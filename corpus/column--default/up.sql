alter table quote alter price set default 1;
