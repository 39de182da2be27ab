INSERT INTO parcels VALUES (1, 'post', 200), (2, NULL, 0), (3, 'bike', -1);
