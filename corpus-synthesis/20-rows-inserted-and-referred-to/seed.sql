INSERT INTO makers (name) VALUES ('Oslo Light');
INSERT INTO lamps VALUES (1, 'Bright & Co', NULL), (2, 'Bright & Co', NULL), (3, 'Oslo Light', 1), (4, NULL, NULL);
