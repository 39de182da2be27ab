create type address as (street text, zip text);
create table customer (id integer primary key, home address);
