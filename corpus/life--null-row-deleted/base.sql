create table quote (id integer primary key, note text not null, price numeric(8,2));
