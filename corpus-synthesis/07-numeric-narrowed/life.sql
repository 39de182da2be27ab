UPDATE readings SET amount = 77 WHERE id = 2;
DELETE FROM readings WHERE id = 3;
INSERT INTO readings VALUES (9, 12);
