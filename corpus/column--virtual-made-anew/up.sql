drop view v;
alter table t drop double, drop triple;
alter table t add triple int generated always as (a * 3) virtual;
