CREATE SCHEMA app;
CREATE FUNCTION app.bucket(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n % 2';
CREATE TABLE items (id integer PRIMARY KEY, word text);
