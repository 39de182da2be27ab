INSERT INTO clients VALUES (1, 'Ann', 'Elm', 'Ulm'), (2, 'Bo', 'Oak', 'Bonn'), (3, 'Cy', NULL, NULL);
