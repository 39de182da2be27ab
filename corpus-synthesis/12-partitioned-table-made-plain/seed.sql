INSERT INTO readings VALUES (1, '2026-03-01', 5), (2, '2025-03-01', 6);
