INSERT INTO keys VALUES ('a', 'one', NULL), ('b', 'two', '2026-01-01');
