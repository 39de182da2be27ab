ALTER TABLE badges ALTER COLUMN letters TYPE text;
