INSERT INTO single VALUES (2, 'another');
