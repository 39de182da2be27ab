drop function total(numeric, numeric);
