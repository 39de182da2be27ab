alter table quote drop note;
