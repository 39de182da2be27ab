CREATE TABLE sites (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client integer NOT NULL REFERENCES clients ON DELETE CASCADE,
  street text NOT NULL,
  city text
);
INSERT INTO sites (client, street, city) SELECT id, street, city FROM clients WHERE street IS NOT NULL;
ALTER TABLE clients DROP COLUMN street, DROP COLUMN city;
