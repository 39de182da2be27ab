drop view v;
alter table t drop double;
alter table t alter price type numeric(12, 2);
