INSERT INTO "we.ird"."Ta""ble.of 100%" VALUES (9, 'z', '90');
UPDATE "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt" SET plain = 22 WHERE "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" = 2;
