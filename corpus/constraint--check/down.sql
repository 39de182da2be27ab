alter table quote drop constraint quote_price_check;
