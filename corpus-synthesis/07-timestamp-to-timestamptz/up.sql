ALTER TABLE meetings ALTER COLUMN starts TYPE timestamptz USING starts AT TIME ZONE 'America/New_York';
