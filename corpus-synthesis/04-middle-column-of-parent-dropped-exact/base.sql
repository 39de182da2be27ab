CREATE TABLE places (id integer PRIMARY KEY, note text, name text);
CREATE TABLE towns (mayor text, PRIMARY KEY (id)) INHERITS (places);
