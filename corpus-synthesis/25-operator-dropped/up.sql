DROP OPERATOR ~~~ (integer, integer);
