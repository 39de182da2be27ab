INSERT INTO plans VALUES (9, 'export'), (10, 'export');
