CREATE TABLE members (id integer CONSTRAINT z_key PRIMARY KEY, name text);
ALTER TABLE members ADD CONSTRAINT a_key UNIQUE (id);
CREATE TABLE visits (id integer PRIMARY KEY, member integer REFERENCES members (id));
