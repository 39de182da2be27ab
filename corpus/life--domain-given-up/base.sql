create domain even as integer check (value % 2 = 0);
create table step (id integer primary key, height even not null);
