create table member (id serial primary key, club uuid not null, roles text[] not null default '{}');
