CREATE SCHEMA "we.ird";
CREATE TABLE "we.ird"."Ta""ble.of 100%" ("id.x" integer PRIMARY KEY, "say ""so""" text NOT NULL, "Größe_der_Lieferung_in_Kartons_je_Palette_und_Kalenderwoche_x" integer, "null" text);
CREATE TABLE "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt" ("ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" serial PRIMARY KEY, "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccd" text);
CREATE VIEW "o'view" AS SELECT "say ""so""" FROM "we.ird"."Ta""ble.of 100%";
