update quote set note = 'rolled back';
alter table quote drop currency;
