drop function total(numeric);
create function total(price numeric, rate numeric default 0.2) returns numeric language sql immutable as 'select price * (1 + rate)';
create view v as select total(1) as t;
