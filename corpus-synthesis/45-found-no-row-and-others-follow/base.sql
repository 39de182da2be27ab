CREATE TABLE parents (id integer PRIMARY KEY, code text);
CREATE TABLE words (id integer PRIMARY KEY, word text);
CREATE TABLE followers (id integer PRIMARY KEY, parent integer REFERENCES parents ON DELETE CASCADE, word integer);
CREATE TABLE holders (id integer PRIMARY KEY, parent integer NOT NULL REFERENCES parents);
CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM words WHERE id = OLD.word; RETURN OLD; END $$;
CREATE TRIGGER gone AFTER DELETE ON followers FOR EACH ROW EXECUTE FUNCTION forget();
