CREATE TABLE parcels (id integer PRIMARY KEY, weight integer NOT NULL, label varchar(5) NOT NULL);
