INSERT INTO live VALUES (9, 'nine');
