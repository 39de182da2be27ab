UPDATE codes SET code = 43 WHERE id = 2;
INSERT INTO codes VALUES (9, 9);
