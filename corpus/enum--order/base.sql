create type state as enum ('draft', 'sent', 'paid');
create table t (id int, s state);
