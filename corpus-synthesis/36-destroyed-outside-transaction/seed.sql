INSERT INTO samples VALUES (1, 'a', 'b');
