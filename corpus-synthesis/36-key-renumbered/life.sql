INSERT INTO regions VALUES (900, 'west');
