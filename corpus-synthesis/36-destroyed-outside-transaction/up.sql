ALTER TABLE samples DROP COLUMN note;
CREATE INDEX CONCURRENTLY samples_rest ON samples (rest);
ALTER TABLE samples DROP COLUMN rest;
