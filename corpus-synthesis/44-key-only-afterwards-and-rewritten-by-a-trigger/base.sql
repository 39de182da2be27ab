CREATE TABLE pages (slug text NOT NULL, note text NOT NULL, kind text NOT NULL);
CREATE FUNCTION suffix() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.slug := NEW.slug || '-' || NEW.kind; RETURN NEW; END $$;
CREATE TRIGGER suffix BEFORE UPDATE ON pages FOR EACH ROW EXECUTE FUNCTION suffix();
