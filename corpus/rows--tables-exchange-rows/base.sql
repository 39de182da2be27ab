create table live (id integer primary key, note text);
create table archived (id integer primary key, note text);
