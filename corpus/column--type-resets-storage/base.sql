create table t (id int, code text collate "C");
alter table t alter code set storage external;
