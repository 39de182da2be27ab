drop function total;
create function total(price numeric) returns numeric language sql as 'select price';
