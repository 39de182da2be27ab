INSERT INTO legs VALUES (1, 'Oslo', 'Bergen'), (2, 'Ghent', 'Lille');
