CREATE TABLE parcels (id integer PRIMARY KEY, size text);
