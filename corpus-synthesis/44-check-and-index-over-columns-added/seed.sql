INSERT INTO usage VALUES (1, 5), (2, 6);
