INSERT INTO hits VALUES (9, 'b');
