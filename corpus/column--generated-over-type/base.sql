create table t (id int primary key, price numeric(10, 2) not null, note text, double numeric generated always as (price * 2) stored);
create index t_double on t (double);
alter table t add constraint t_double check (double > -1000000000000);
create view v as select double from t;
create statistics t_stat on id, double from t;
