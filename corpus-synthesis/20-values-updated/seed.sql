INSERT INTO prices VALUES (1, 100, 5), (2, 250, 0), (3, 40, 1);
