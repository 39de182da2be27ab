drop type extent;
drop function span(float8, float8);
create type extent as range (subtype = int);
