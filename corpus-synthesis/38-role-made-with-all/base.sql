CREATE ROLE shop_reader;
CREATE ROLE shop_keeper;
CREATE TABLE orders (id int PRIMARY KEY, note text);
