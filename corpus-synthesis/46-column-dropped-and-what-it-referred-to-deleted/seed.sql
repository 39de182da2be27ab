INSERT INTO halls VALUES (1), (2);
INSERT INTO shows VALUES (1, 1), (2, 2), (3, NULL);
