CREATE TABLE places (id integer PRIMARY KEY, city text, zip text);
CREATE STATISTICS city_zip (dependencies, mcv) ON city, zip FROM places;
ALTER STATISTICS city_zip SET STATISTICS 50;
