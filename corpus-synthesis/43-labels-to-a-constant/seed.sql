INSERT INTO plans VALUES (1, 'split'), (2, 'whole');
