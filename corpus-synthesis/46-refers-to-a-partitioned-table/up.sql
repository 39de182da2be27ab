UPDATE parcels SET id = id + 100 WHERE name IS NOT NULL;
