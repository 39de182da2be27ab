CREATE TABLE prices (id integer PRIMARY KEY, cents integer NOT NULL, stamp integer NOT NULL DEFAULT 0);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.stamp := OLD.stamp + 1; RETURN NEW; END $$;
CREATE TRIGGER stamps BEFORE UPDATE ON prices FOR EACH ROW EXECUTE FUNCTION stamp();
