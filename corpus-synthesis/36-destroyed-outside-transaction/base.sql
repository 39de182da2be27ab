CREATE TABLE samples (id integer PRIMARY KEY, note text, rest text);
