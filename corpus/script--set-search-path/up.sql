set search_path = sales;
alter table t add b int;
