INSERT INTO codes VALUES (1, '007'), (2, '42'), (3, ' 8 ');
