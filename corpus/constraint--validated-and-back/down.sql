alter table quote drop constraint quote_price_check;
alter table quote add constraint quote_price_check check (price >= 0) not valid;
