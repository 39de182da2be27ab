INSERT INTO accounts VALUES (9, 'active');
