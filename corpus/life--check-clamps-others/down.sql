update quote set price = 1, note = '' where price <= 0;
alter table quote drop constraint if exists positive;
alter table quote add constraint positive check (price > 0);
