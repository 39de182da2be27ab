create type pair as (a int, b text);
create table t of pair (a with options not null default 7, constraint t_b check (b <> ''));
create table u (a int, b text);
