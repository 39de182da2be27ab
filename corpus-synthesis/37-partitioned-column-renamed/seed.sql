INSERT INTO moves VALUES (1, '2024-05-05', 5, 'a'), (2, '2024-12-31', -1, NULL);
INSERT INTO animals VALUES ('cat', 4);
INSERT INTO birds VALUES ('owl', 2, 2);
