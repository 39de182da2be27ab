drop function total(numeric, numeric);
create function total(price numeric, rate numeric default 0.2) returns text language sql immutable as 'select price::text';
