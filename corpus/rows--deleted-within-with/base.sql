create table quote (id integer primary key, kind text not null);
