CREATE TABLE members (id integer PRIMARY KEY, name text);
CREATE TABLE visits (id integer PRIMARY KEY, member integer REFERENCES members (id));
ALTER TABLE members ADD CONSTRAINT second_key UNIQUE (id);
