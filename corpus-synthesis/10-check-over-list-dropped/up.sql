DROP VIEW urgent;
DROP INDEX ranked;
ALTER TABLE wishes DROP CONSTRAINT known_rank;
