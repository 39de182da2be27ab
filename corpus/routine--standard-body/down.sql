alter table t rename b to a;
create function f() returns bigint language sql begin atomic select count(*) from t; end;
