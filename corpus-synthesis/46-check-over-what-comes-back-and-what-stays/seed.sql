INSERT INTO shelves VALUES (1, 3, 5), (2, 9, 9), (3, 0, 4);
