alter table quote drop state;
