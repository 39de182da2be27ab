CREATE TABLE accounts (id integer PRIMARY KEY, status text NOT NULL DEFAULT 'a' CONSTRAINT known_status CHECK (status IN ('a', 'b')));
