create table customer (id integer primary key, email text not null);
