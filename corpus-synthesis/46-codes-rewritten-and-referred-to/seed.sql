INSERT INTO countries VALUES (1, 'UK'), (2, 'FR');
INSERT INTO orders VALUES (1, 'FR');
