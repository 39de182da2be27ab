create table quote (id integer primary key, name varchar(10), note text);
