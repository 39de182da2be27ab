INSERT INTO feelings VALUES (1, 'sad', 1), (2, 'ok', NULL);
SELECT nextval('steps');
