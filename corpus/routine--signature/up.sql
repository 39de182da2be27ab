drop view v;
drop function total(numeric, numeric);
create function total(price numeric) returns numeric language sql immutable as 'select price';
