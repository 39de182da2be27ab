create type state as enum ('draft', 'sent');
create table quote (id integer primary key, state state not null, note text);
