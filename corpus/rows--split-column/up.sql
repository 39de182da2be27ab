alter table t add first text;
alter table t add rest text;
update t set first = split_part(v, ' ', 1), rest = split_part(v, ' ', 2);
alter table t drop v;
