ALTER TABLE parcels DROP COLUMN size;
ALTER TABLE parcels RENAME TO old_parcels;
CREATE TABLE parcels (id integer PRIMARY KEY, size text);
