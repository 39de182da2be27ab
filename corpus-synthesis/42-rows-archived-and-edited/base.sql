CREATE TABLE trips (id integer PRIMARY KEY, day date NOT NULL, km integer);
