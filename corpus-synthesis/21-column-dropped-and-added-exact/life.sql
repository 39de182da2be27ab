INSERT INTO settings (name, value) VALUES ('d', 'new');
UPDATE settings SET value = 'mine' WHERE name = 'a';
