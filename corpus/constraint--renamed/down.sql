alter table quote add check (price >= 0);
alter table quote rename constraint quote_price_check to quote_price_positive;
