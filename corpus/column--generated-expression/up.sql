alter table t drop total;
alter table t add total int generated always as (a * b) stored;
