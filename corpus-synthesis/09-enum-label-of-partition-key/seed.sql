INSERT INTO sent VALUES (1, 'web'), (2, 'mail');
