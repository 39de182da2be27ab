create extension citext version '1.4';
create table t (id int primary key, name citext);
