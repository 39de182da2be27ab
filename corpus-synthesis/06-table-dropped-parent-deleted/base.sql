CREATE TABLE venues (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE concerts (
  id integer PRIMARY KEY,
  venue_id integer REFERENCES venues ON DELETE CASCADE,
  title text NOT NULL DEFAULT 'untitled'
);
CREATE TABLE tickets (id integer PRIMARY KEY, concert_id integer REFERENCES concerts ON DELETE SET NULL, seat text);
CREATE VIEW upcoming AS SELECT c.title, v.name FROM concerts c JOIN venues v ON v.id = c.venue_id;
GRANT SELECT, UPDATE (title) ON concerts TO pg_monitor;
GRANT SELECT ON upcoming TO pg_monitor WITH GRANT OPTION;
COMMENT ON TABLE concerts IS 'What''s on';
COMMENT ON COLUMN concerts.title IS 'As printed';
COMMENT ON VIEW upcoming IS 'For the door';
