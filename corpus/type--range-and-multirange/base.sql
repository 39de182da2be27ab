create function span(float8, float8) returns float8 language sql immutable return $1 - $2;
create type extent as range (subtype = float8, subtype_diff = span, multirange_type_name = extents);
create table t (id int primary key);
