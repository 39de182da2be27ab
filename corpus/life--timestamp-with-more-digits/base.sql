create table visit (id integer primary key, at timestamp(3) not null);
