DROP TRIGGER own ON readings_low;
ALTER TABLE readings DETACH PARTITION readings_low;
