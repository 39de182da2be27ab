INSERT INTO towns VALUES (1), (2); INSERT INTO shops VALUES (1, 1), (2, 2), (3, 1);
