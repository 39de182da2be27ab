CREATE TABLE letters (id integer PRIMARY KEY, address text NOT NULL);
