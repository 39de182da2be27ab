INSERT INTO orders VALUES (3, 'other'), (4, 'NEW VALUE');
