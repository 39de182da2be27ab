ALTER TABLE settings DROP COLUMN value;
ALTER TABLE settings ADD COLUMN value text;
