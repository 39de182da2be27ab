INSERT INTO animals VALUES (1, 'cat', 'soft');
INSERT INTO dogs VALUES (1, 'rex', 'loud'), (2, 'bo', NULL);
