INSERT INTO notes VALUES (9, 'late');
