INSERT INTO counters VALUES ('a', 1), ('b', NULL);
