CREATE TABLE bookings (
  id serial PRIMARY KEY,
  during int4range NOT NULL,
  CONSTRAINT one_at_a_time EXCLUDE USING gist (during WITH &&)
);
