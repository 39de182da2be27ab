INSERT INTO stock VALUES (9, 'many');
