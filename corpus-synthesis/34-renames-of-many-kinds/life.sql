INSERT INTO feelings VALUES (9, 'blue', 9);
SELECT nextval('paces');
