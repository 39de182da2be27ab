CREATE TABLE shelves (id integer PRIMARY KEY);
CREATE TABLE stock (id integer PRIMARY KEY, qty integer REFERENCES shelves);
