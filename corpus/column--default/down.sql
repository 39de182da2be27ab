alter table quote alter price set default 0;
