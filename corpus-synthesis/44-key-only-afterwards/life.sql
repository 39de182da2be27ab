UPDATE keys SET at = '2026-05-05' WHERE key = 'a';
INSERT INTO keys VALUES ('c');
