ALTER TABLE contacts ADD COLUMN first text, ADD COLUMN last text;
UPDATE contacts SET first = split_part(full_name, ' ', 1), last = split_part(full_name, ' ', 2);
ALTER TABLE contacts DROP COLUMN full_name;
