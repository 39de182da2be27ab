create operator family near using btree;
create function cmp(int, text) returns int language sql immutable return 0;
create function lt(int, text) returns boolean language sql immutable return true;
create operator <<< (function = lt, leftarg = int, rightarg = text);
alter operator family near using btree add operator 1 <<< (int, text), function 1 (int, text) cmp(int, text);
create operator class near_int for type int using btree family near as operator 1 <, operator 3 =, function 1 btint4cmp(int, int);
create operator === (function = int4eq, leftarg = int, rightarg = int, commutator = ===, negator = !==, hashes, merges);
create operator !== (function = int4ne, leftarg = int, rightarg = int, commutator = !==, negator = ===);
comment on operator family near using btree is 'near';
