create type state as enum ('draft');
create table t (id int, s state);
