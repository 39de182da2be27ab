INSERT INTO flags VALUES ('a', false), ('b', NULL);
