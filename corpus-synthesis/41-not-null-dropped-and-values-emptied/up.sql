ALTER TABLE letters ALTER COLUMN address DROP NOT NULL;
UPDATE letters SET address = NULL;
