INSERT INTO parcels VALUES (9, 'boat');
