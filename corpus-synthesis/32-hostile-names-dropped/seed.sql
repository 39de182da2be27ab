INSERT INTO "we.ird"."Ta""ble.of 100%" VALUES (1, 'a', 10, 'x'), (2, '', NULL, NULL);
INSERT INTO "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt" ("ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccd") VALUES ('one'), (NULL);
