ALTER TABLE regions ALTER COLUMN id TYPE integer USING id::integer;
UPDATE regions SET name = upper(name);
