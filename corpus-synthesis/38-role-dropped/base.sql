CREATE ROLE shop_reader;
CREATE ROLE shop_keeper;
CREATE ROLE shop_clerk CREATEDB NOINHERIT CONNECTION LIMIT 3 VALID UNTIL 'infinity';
COMMENT ON ROLE shop_clerk IS 'sells';
GRANT shop_reader TO shop_clerk;
GRANT shop_clerk TO shop_keeper WITH ADMIN OPTION;
ALTER ROLE shop_clerk SET work_mem = '4MB';
CREATE TABLE orders (id int PRIMARY KEY);
