INSERT INTO readings VALUES (1, 1.25), (2, 100.00), (3, 3.50), (4, 4.99), (5, NULL);
