CREATE TABLE readings (id integer PRIMARY KEY, amount numeric(10,2));
