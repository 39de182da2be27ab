INSERT INTO wishes VALUES (1, 'low'), (2, 'high');
