create function total(price int) returns int language sql immutable as 'select price';
