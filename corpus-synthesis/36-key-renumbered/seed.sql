INSERT INTO regions VALUES (1, 'north'), (2, 'south');
