create domain price as numeric(10, 2) default 1 constraint price_positive check (value > 0);
create domain net as price constraint net_small check (value < 1000);
create table t (id int primary key, p price not null, n net);
create view v as select p, n from t;
