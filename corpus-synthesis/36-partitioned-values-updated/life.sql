UPDATE moves SET qty = 7 WHERE id = 3;
INSERT INTO moves VALUES (9, '2025-02-28', 9);
