INSERT INTO parcels VALUES (1, 5, 'one'), (2, 7, 'two'), (3, 9, 'three');
