INSERT INTO "we.ird"."Ta""ble.of 100%" VALUES (1, 'a', 10, 'x'), (2, '', NULL, NULL);
INSERT INTO "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt" VALUES (1, 'one', 1), (2, NULL, 2);
INSERT INTO "it's" VALUES ('k''1', 1), ('', 2);
