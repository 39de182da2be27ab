create table t (id bigint not null, a int);
