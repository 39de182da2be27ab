ALTER TABLE shops DROP CONSTRAINT lies_in;
UPDATE shops SET town = -1 - town;
