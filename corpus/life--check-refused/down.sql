alter table quote drop constraint if exists positive;
alter table quote add constraint positive check (price > 0);
