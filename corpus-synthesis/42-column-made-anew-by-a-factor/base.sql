CREATE TABLE bills (id integer PRIMARY KEY, amount numeric(10,2));
