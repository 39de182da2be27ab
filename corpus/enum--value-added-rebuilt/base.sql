create type state as enum ('draft', 'sent');
create table t (id int, s state default 'draft');
