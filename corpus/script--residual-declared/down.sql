-- Accepts residual: extension citext
drop table t;
