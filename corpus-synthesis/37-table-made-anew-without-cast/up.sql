DROP TABLE parcels;
CREATE TABLE parcels (id uuid PRIMARY KEY, name text);
