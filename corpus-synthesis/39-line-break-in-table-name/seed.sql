INSERT INTO victim VALUES (1), (2);
INSERT INTO "x
DELETE FROM victim; --" VALUES (1, 'one', 10), (2, 'two', 20);
