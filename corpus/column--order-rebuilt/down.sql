create table t_new (id int, a text, b text);
insert into t_new (id, b) select id, b from t;
drop table t;
alter table t_new rename to t;
