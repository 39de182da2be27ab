alter table t rename a to x;
alter table t rename c to a;
alter table t rename b to c;
alter table t rename x to b;
alter table t rename d to e;
alter table t add d int;
