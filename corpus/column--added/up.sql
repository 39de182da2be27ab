alter table quote add currency char(3) not null default 'EUR';
comment on column quote.currency is 'ISO 4217';
