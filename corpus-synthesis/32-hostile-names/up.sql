ALTER TABLE "we.ird"."Ta""ble.of 100%" DROP COLUMN "null";
ALTER TABLE "we.ird"."Ta""ble.of 100%" ALTER COLUMN "Größe_der_Lieferung_in_Kartons_je_Palette_und_Kalenderwoche_x" TYPE text;
UPDATE "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt" SET "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccd" = 'other', plain = 0 WHERE "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" = 1;
DELETE FROM "it's" WHERE "$stash$" = 1;
