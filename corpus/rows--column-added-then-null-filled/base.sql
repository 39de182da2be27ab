create table person (id integer primary key, nick text);
