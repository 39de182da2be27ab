create type money_of as (amount numeric, currency text);
create function as_text(money_of) returns text language sql immutable as 'select $1.currency';
create cast (money_of as text) with function as_text(money_of);
