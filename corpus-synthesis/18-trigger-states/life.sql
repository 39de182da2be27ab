INSERT INTO jobs VALUES (9, 'x');
