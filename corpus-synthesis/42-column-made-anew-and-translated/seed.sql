INSERT INTO jobs VALUES (1, 'low'), (2, 'high'), (3, 'low');
