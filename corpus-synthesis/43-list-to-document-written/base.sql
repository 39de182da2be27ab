CREATE TABLE devices (id integer PRIMARY KEY, nonces integer[] NOT NULL, name text NOT NULL);
