CREATE TABLE halls (id integer PRIMARY KEY);
CREATE TABLE shows (id integer PRIMARY KEY, hall integer REFERENCES halls);
