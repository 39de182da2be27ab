drop function f;
alter table t rename a to b;
