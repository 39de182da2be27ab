CREATE TYPE level AS ENUM ('1', '2', '3');
ALTER TABLE days
  ALTER COLUMN mood TYPE weather USING mood::text::weather,
  ALTER COLUMN moods TYPE weather[] USING moods::text[]::weather[],
  ALTER COLUMN level TYPE level USING least(greatest(level, 1), 3)::text::level;
