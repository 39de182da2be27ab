CREATE TABLE shelves (
  id integer PRIMARY KEY,
  used integer NOT NULL,
  size integer NOT NULL,
  CONSTRAINT fits CHECK (used <= size)
);
