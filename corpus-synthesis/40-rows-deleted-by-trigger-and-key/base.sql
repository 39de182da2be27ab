CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL);
CREATE TABLE invoices (id integer PRIMARY KEY, user_id integer REFERENCES users ON DELETE SET NULL);
CREATE TABLE visits (id integer PRIMARY KEY, user_id integer NOT NULL, seen text);
CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE visits SET seen = NULL WHERE user_id = OLD.id; RETURN OLD; END $$;
CREATE TRIGGER forgets AFTER DELETE ON users FOR EACH ROW EXECUTE FUNCTION forget();
