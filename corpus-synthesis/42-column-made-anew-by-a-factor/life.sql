UPDATE bills SET amount = 999 WHERE id = 2;
INSERT INTO bills VALUES (9, 5);
