drop type state;
alter table quote drop state;
