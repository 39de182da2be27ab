CREATE TABLE features (name text PRIMARY KEY, about text);
CREATE TABLE plans (id integer PRIMARY KEY, feature text NOT NULL REFERENCES features ON DELETE CASCADE);
CREATE TABLE trials (id integer PRIMARY KEY, feature text REFERENCES features ON DELETE SET NULL);
