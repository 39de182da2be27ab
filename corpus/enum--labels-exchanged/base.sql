create type state as enum ('draft', 'sent', 'paid');
create table t (id int primary key, s state not null default 'draft');
