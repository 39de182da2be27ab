create type state as enum ('draft');
alter table quote add state state;
