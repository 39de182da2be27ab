INSERT INTO settings VALUES ('theme', 'dark'), ('font', 'serif') ON CONFLICT (key) DO UPDATE SET value = excluded.value;
