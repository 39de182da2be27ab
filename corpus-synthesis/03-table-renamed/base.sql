CREATE TABLE orders (id serial PRIMARY KEY, total numeric(10,2) NOT NULL);
CREATE TABLE order_lines (id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, sku text NOT NULL);
CREATE VIEW open_orders AS SELECT id, total FROM orders WHERE total > 0;
