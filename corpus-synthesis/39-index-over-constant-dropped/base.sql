CREATE TABLE single (id integer PRIMARY KEY, note text);
CREATE UNIQUE INDEX single_row ON single ((true));
