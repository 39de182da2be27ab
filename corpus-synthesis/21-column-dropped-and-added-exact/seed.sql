INSERT INTO settings VALUES ('a', '1', 'plain', '2020-01-01 00:00:00Z'), ('b', NULL, 'other', NULL), ('c', '', 'plain', NULL);
