CREATE TABLE tasks (id integer PRIMARY KEY, state integer);
CREATE TABLE pages (id integer PRIMARY KEY, code text);
CREATE TABLE words (id integer PRIMARY KEY, word text);
CREATE VIEW all_words AS SELECT id, word FROM words;
CREATE FUNCTION wipe() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM all_words; RETURN OLD; END $$;
CREATE TRIGGER gone AFTER DELETE ON pages FOR EACH ROW EXECUTE FUNCTION wipe();
