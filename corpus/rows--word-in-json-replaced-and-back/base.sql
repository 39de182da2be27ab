create table share (id integer primary key, grants jsonb not null);
