alter table quote add gross numeric generated always as (price * 1.15) stored;
