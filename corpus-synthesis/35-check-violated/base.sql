CREATE TABLE stock (id integer PRIMARY KEY, qty integer CONSTRAINT enough CHECK (qty >= 0));
