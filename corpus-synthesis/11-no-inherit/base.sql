CREATE TABLE people (id integer NOT NULL, name text);
CREATE TABLE staff (salary integer) INHERITS (people);
