create table person (id integer primary key, theme text not null);
