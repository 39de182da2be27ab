CREATE TABLE halls (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE seats (hall_id integer REFERENCES halls, number integer, PRIMARY KEY (hall_id, number));
