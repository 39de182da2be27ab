INSERT INTO clubs (region, note, id, founded) VALUES ('north', 'first', 10, '1999-01-01'), ('south', NULL, 20, NULL), ('west', 'last', 30, '2020-02-29');
SELECT setval('clubs_id_seq', 41);
INSERT INTO members VALUES (1, 10, 20), (2, 30, NULL);
