CREATE ROLE shop_keeper;
CREATE ROLE shop_clerk;
CREATE ROLE "shop Guest";
CREATE TABLE orders (id int PRIMARY KEY);
ALTER TABLE orders OWNER TO shop_keeper;
GRANT SELECT ON orders TO shop_clerk;
GRANT shop_keeper TO shop_clerk;
ALTER ROLE shop_clerk SET work_mem = '4MB';
ALTER DEFAULT PRIVILEGES FOR ROLE shop_keeper GRANT SELECT ON TABLES TO shop_clerk;
