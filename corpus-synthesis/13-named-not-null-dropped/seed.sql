INSERT INTO rules VALUES (1, 'x'), (2, '');
