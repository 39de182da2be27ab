drop view v;
drop function two();
drop function one();
alter table t alter a type bigint;
create function one() returns bigint language sql stable begin atomic select max(a) from t; end;
