ALTER TABLE documents ALTER COLUMN body TYPE jsonb;
