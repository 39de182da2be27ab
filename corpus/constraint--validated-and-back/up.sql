alter table quote validate constraint quote_price_check;
