CREATE TABLE halls (id integer PRIMARY KEY);
CREATE TABLE shows (
  id serial PRIMARY KEY,
  hall integer NOT NULL CONSTRAINT in_a_hall REFERENCES halls,
  state text NOT NULL
);
