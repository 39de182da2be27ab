CREATE TABLE towns (id integer PRIMARY KEY);
CREATE TABLE shops (id integer PRIMARY KEY, town integer NOT NULL CONSTRAINT lies_in REFERENCES towns);
