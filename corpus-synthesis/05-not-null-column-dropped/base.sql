CREATE TABLE parcels (id integer PRIMARY KEY, carrier text, weight integer NOT NULL);
