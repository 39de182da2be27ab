drop view v;
create view v as select id from t;
