DO $$
BEGIN
  IF to_regclass('shades') IS NULL THEN
    RETURN;
  END IF;
  ALTER TABLE shades RENAME COLUMN shade TO id;
  ALTER TABLE shades RENAME TO colours;
  ALTER TABLE cars ADD CONSTRAINT cars_colour FOREIGN KEY (colour) REFERENCES colours (id);
END
$$;
