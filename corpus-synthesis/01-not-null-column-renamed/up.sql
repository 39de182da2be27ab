ALTER TABLE guests RENAME COLUMN full_name TO display_name;
