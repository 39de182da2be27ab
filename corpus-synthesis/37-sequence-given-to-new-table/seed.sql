INSERT INTO letters VALUES (1, 'a');
SELECT nextval('numbers');
