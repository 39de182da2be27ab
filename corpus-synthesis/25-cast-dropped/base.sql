CREATE TYPE pence AS (n integer);
CREATE FUNCTION to_pence(integer) RETURNS pence LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1)::pence';
CREATE CAST (integer AS pence) WITH FUNCTION to_pence(integer) AS ASSIGNMENT;
