create materialized view sums as select org_id, sum(price) as total from quote group by org_id;
create unique index sums_org_idx on sums (org_id);
