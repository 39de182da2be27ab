alter table quote drop currency;
