CREATE TABLE parcels (id integer PRIMARY KEY, next numeric GENERATED ALWAYS AS (id + 1) STORED);
