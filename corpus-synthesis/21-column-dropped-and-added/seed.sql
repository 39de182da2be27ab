INSERT INTO settings VALUES ('a', '1'), ('b', NULL), ('c', '');
