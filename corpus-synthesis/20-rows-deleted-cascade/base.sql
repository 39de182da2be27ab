CREATE TABLE customers (id integer PRIMARY KEY, name text NOT NULL, closed boolean NOT NULL);
CREATE TABLE carts (id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers ON DELETE CASCADE);
CREATE TABLE cart_lines (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cart_id integer NOT NULL REFERENCES carts ON DELETE CASCADE,
  qty integer NOT NULL,
  twice integer GENERATED ALWAYS AS (qty * 2) STORED
);
