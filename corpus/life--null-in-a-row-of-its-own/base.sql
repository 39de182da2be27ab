create table customer (id integer primary key);
create table badge (customer_id integer primary key references customer, secret bytea not null);
