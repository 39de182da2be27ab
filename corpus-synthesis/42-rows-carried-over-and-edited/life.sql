UPDATE sites SET city = 'Bern' WHERE client = 2;
INSERT INTO sites (client, street) VALUES (3, 'Ash');
