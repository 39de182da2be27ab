INSERT INTO hens VALUES (1, NULL), (2, NULL);
INSERT INTO eggs VALUES (1, 2), (2, 1);
UPDATE hens SET egg_id = id;
