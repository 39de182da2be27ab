create index quote_org_idx on quote (org);
alter table quote add constraint price_known check (price is not null);
