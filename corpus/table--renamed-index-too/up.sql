alter table quote rename to offer;
alter index quote_org_idx rename to offer_org_idx;
alter table offer rename constraint quote_pkey to offer_pkey;
