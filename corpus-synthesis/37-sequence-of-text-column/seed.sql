INSERT INTO parcels VALUES (1, 'P-1'), (2, NULL);
