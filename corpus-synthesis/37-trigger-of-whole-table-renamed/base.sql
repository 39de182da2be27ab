CREATE TABLE readings (id integer NOT NULL, note text) PARTITION BY RANGE (id);
CREATE TABLE readings_rest PARTITION OF readings DEFAULT;
CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := trim(NEW.note); RETURN NEW; END $$;
CREATE TRIGGER tidy BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION tidy();
