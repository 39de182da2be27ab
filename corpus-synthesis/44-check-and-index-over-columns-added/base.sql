CREATE TABLE usage (id integer PRIMARY KEY, amount integer NOT NULL);
