create table t (id bigint generated always as identity (start 100 increment 5), a int);
