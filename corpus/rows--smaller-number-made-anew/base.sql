create table reading (id integer primary key, amount numeric(12, 2));
