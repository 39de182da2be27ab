alter table quote drop state;
drop type state;
