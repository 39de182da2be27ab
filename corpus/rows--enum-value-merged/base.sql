create type mood as enum ('sad', 'fine', 'happy');
create table t (id integer primary key, v mood not null);
