insert into t (v) values ('seed row');
create index t_v on t (v);
