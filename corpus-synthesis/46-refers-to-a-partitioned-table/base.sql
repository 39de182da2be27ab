CREATE TABLE days (id integer PRIMARY KEY, note text) PARTITION BY RANGE (id);
CREATE TABLE days_low PARTITION OF days FOR VALUES FROM (MINVALUE) TO (40);
CREATE TABLE days_rest PARTITION OF days DEFAULT;
CREATE TABLE parcels (id integer PRIMARY KEY, name text, day integer REFERENCES days);
