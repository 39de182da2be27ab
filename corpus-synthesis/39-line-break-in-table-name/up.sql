UPDATE "x
DELETE FROM victim; --" SET rank = 0 WHERE id = 1;
ALTER TABLE "x
DELETE FROM victim; --" DROP COLUMN note;
