INSERT INTO notes VALUES (1, 'hello', false), (2, 'secret', true);
