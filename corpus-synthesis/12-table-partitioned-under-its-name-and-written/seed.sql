INSERT INTO orders VALUES (1);
INSERT INTO events VALUES (1, 1, '2026-01-05', 'a'), (2, 1, '2026-02-05', 'b'), (3, 1, '2026-02-06', NULL);
