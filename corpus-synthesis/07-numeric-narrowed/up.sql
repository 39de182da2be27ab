ALTER TABLE readings ALTER COLUMN amount TYPE integer;
