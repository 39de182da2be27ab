alter table t of pair;
