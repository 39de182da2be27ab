alter table t drop total;
