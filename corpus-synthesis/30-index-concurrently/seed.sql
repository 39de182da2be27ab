INSERT INTO hits VALUES (1, 'a');
