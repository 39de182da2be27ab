INSERT INTO notes VALUES (1, 'a', 1), (2, NULL, 2), (3, 'none', NULL), (4, NULL, NULL);
