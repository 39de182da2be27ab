CREATE TABLE authors (id integer PRIMARY KEY);
CREATE TABLE notes (author integer NOT NULL REFERENCES authors, body text NOT NULL);
