INSERT INTO regions VALUES (9, 'west');
