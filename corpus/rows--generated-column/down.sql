alter table quote drop gross;
