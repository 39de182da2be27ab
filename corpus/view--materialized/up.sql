drop materialized view sums;
