CREATE TABLE notes (id integer PRIMARY KEY, body text, hidden boolean NOT NULL DEFAULT false);
CREATE VIEW shown WITH (security_invoker = true) AS SELECT id, body FROM notes WHERE NOT hidden;
CREATE VIEW shown_short WITH (security_barrier = true) AS SELECT id, left(body, 3) AS body FROM shown;
ALTER VIEW shown_short ALTER COLUMN body SET DEFAULT 'new';
CREATE FUNCTION write_note() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN INSERT INTO notes VALUES (NEW.id, NEW.body); RETURN NEW; END $$;
CREATE TRIGGER writes INSTEAD OF INSERT ON shown_short FOR EACH ROW EXECUTE FUNCTION write_note();
GRANT SELECT, INSERT ON shown_short TO pg_monitor;
GRANT SELECT (id) ON shown TO pg_monitor;
COMMENT ON VIEW shown IS 'for all';
COMMENT ON COLUMN shown_short.body IS 'three letters';
COMMENT ON TRIGGER writes ON shown_short IS 'instead';
