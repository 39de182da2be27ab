CREATE TABLE subscribers (id integer PRIMARY KEY, address text NOT NULL, since date);
