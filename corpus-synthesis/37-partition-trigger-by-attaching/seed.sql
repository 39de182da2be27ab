INSERT INTO readings VALUES (1, 'low'), (20, 'high');
