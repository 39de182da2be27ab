INSERT INTO single VALUES (1, 'the only one');
