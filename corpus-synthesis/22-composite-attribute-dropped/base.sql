CREATE TYPE address AS (street text, zip text, city text);
CREATE TABLE residents (id integer PRIMARY KEY, home address);
