alter table quote drop constraint price_known;
drop index quote_org_idx;
