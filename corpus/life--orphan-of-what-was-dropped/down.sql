DO $$
BEGIN
  IF to_regclass('retired_colours') IS NULL THEN
    RETURN;
  END IF;
  CREATE TABLE colours (id int PRIMARY KEY, name text NOT NULL);
  INSERT INTO colours SELECT id, name FROM retired_colours;
  ALTER TABLE cars ADD FOREIGN KEY (colour) REFERENCES colours (id);
  DROP TABLE retired_colours;
END
$$;
