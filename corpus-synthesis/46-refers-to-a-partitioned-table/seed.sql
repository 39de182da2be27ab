INSERT INTO days VALUES (1, 'a'), (50, 'b');
INSERT INTO parcels VALUES (1, NULL, 1), (2, 'x', 1), (3, 'y', 50);
