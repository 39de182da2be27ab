alter table quote add constraint quote_price_check check (price >= 0);
