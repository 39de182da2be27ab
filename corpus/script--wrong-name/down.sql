alter table quote drop constraint price_check;
