ALTER TABLE words ALTER COLUMN word TYPE integer USING length(word) + 1;
ALTER TABLE boxes ALTER COLUMN size TYPE text;
