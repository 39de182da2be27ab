alter table offer rename to quote;
alter table quote rename constraint offer_pkey to quote_pkey;
