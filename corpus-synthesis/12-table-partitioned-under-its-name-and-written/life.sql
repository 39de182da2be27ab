UPDATE events SET note = 'z' WHERE id = 1;
INSERT INTO events VALUES (4, 1, '2026-03-03', 'd');
