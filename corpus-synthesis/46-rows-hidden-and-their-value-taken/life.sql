INSERT INTO accounts VALUES (5, 'bo', 1, false), (6, 'cy', 1, false);
