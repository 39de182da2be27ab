INSERT INTO shelves VALUES (5), (7);
INSERT INTO stock VALUES (1, 5), (2, 7);
