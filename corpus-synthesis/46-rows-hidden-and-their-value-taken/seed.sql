INSERT INTO accounts VALUES (1, 'Ann', 1, false), (2, 'Bo', 1, false), (3, 'Bo', 2, false), (4, 'Cy', 1, true);
