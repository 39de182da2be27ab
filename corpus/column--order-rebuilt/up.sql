alter table t drop a;
