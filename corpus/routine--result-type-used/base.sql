create table t (id int primary key, price int not null);
create function tax(price int) returns int language sql immutable return price / 5;
alter table t add tax int generated always as (tax(price)) stored;
alter table t add constraint t_tax check (tax(price) >= 0 or price < 0);
create index t_tax on t (tax(price));
create view v as select id, tax(price) as tax from t;
alter table t enable row level security;
create policy p on t using (tax(price) < 1000000000);
