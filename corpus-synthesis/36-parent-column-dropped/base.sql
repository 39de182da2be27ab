CREATE TABLE animals (id integer PRIMARY KEY, name text, note text);
CREATE TABLE dogs (PRIMARY KEY (id)) INHERITS (animals);
