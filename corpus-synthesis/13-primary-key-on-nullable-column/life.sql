INSERT INTO counters VALUES ('c', 3);
