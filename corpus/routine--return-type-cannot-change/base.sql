create function total(price numeric, rate numeric default 0.2) returns numeric language sql immutable as 'select price * (1 + rate)';
