create table note (id integer primary key, told text not null, kind text);
