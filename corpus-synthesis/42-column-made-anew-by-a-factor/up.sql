ALTER TABLE bills RENAME COLUMN amount TO euros;
ALTER TABLE bills ADD COLUMN amount integer;
UPDATE bills SET amount = euros * 100;
ALTER TABLE bills DROP COLUMN euros;
