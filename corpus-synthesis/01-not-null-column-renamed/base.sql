CREATE TABLE guests (id integer PRIMARY KEY, full_name text NOT NULL, note text);
