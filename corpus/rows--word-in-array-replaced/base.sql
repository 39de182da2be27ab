create table person (id integer primary key, roles text[] not null);
