INSERT INTO parcels VALUES (1, 'small'), (2, NULL);
