INSERT INTO parcels VALUES (1, 'first'), (2, 'second');
