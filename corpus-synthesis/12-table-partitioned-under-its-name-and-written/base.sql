CREATE TABLE orders (id integer PRIMARY KEY);
CREATE TABLE events (id integer PRIMARY KEY, of_order integer NOT NULL REFERENCES orders, day date NOT NULL, note text, UNIQUE (note));
CREATE INDEX events_day ON events (day);
CREATE VIEW notes AS SELECT note FROM events;
