update quote set price = 0 where price < 0;
alter table quote validate constraint quote_price_check;
