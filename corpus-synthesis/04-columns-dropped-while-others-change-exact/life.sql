INSERT INTO "Staff" (id, "Nick", age, grade, fee) VALUES (4, 'd', 60, 'high', 2.25);
UPDATE "Staff" SET fee = 7 WHERE id = 1;
DELETE FROM "Staff" WHERE id = 2;
