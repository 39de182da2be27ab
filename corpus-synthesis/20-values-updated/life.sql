UPDATE prices SET cents = 999 WHERE id = 2;
INSERT INTO prices VALUES (9, 900);
