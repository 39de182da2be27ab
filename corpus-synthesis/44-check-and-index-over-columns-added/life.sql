INSERT INTO usage VALUES (3, 7, 'e', 'team', 'x', '2026-01-01', '2026-02-01');
