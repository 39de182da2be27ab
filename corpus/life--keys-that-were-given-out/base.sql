create table coat (id integer primary key, hook integer not null unique, size text check (size in ('s', 'm')));
insert into coat select n, n, 's' from generate_series(1031, 1090) n;
