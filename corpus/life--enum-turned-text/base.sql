create type colour as enum ('red', 'green');
create table paint (id integer primary key, tone colour not null);
