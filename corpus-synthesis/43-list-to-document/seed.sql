INSERT INTO devices VALUES (1, '{4,5}', 'a'), (2, '{}', 'b');
