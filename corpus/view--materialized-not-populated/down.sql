create materialized view sums as select org_id, sum(price) as total from quote group by org_id with no data;
