DROP VIEW "o'view";
DROP TABLE "we.ird"."Ta""ble.of 100%";
DROP TABLE "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt";
