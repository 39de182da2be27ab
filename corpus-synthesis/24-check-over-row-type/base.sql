CREATE TABLE boxes (id integer PRIMARY KEY, low integer, high integer);
CREATE FUNCTION is_sound(box boxes) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT box.low <= box.high';
ALTER TABLE boxes ADD CONSTRAINT sound CHECK (is_sound(boxes));
