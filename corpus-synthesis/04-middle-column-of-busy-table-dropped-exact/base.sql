CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE customers (id integer PRIMARY KEY, code text NOT NULL UNIQUE, name text);
CREATE TABLE orders (
  id bigint NOT NULL,
  note varchar(40),
  customer_code text DEFAULT 'none' REFERENCES customers (code) ON UPDATE CASCADE,
  number integer GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 5) NOT NULL,
  ticket serial,
  state state NOT NULL DEFAULT 'open',
  price numeric(8, 2) NOT NULL CHECK (price >= 0),
  doubled numeric GENERATED ALWAYS AS (price * 2) STORED,
  tags text[] COLLATE "C" DEFAULT '{}',
  CONSTRAINT orders_pkey PRIMARY KEY (id),
  CONSTRAINT orders_number_key UNIQUE (number)
);
COMMENT ON COLUMN orders.price IS 'in euro';
COMMENT ON COLUMN orders.doubled IS 'both ways';
COMMENT ON CONSTRAINT orders_number_key ON orders IS 'one number each';
COMMENT ON SEQUENCE orders_number_seq IS 'of orders';
ALTER TABLE orders ALTER COLUMN price SET STATISTICS 50;
ALTER TABLE orders ALTER COLUMN tags SET STORAGE EXTERNAL;
ALTER TABLE orders ALTER COLUMN ticket SET (n_distinct = -1);
CREATE UNIQUE INDEX orders_ticket ON orders (ticket);
ALTER TABLE orders ALTER COLUMN ticket SET NOT NULL;
ALTER TABLE orders REPLICA IDENTITY USING INDEX orders_ticket;
CREATE INDEX orders_open ON orders (price DESC, customer_code) WHERE state = 'open';
COMMENT ON INDEX orders_open IS 'what is open';
CREATE INDEX orders_by_state ON orders (state, id);
ALTER TABLE orders CLUSTER ON orders_by_state;
CREATE STATISTICS orders_statistics ON state, price FROM orders;
CREATE TABLE items (id integer PRIMARY KEY, order_number integer REFERENCES orders (number) ON DELETE CASCADE, order_id bigint REFERENCES orders);
CREATE VIEW open_orders WITH (security_barrier) AS SELECT id, price, customer_code FROM orders WHERE state = 'open';
CREATE VIEW dear_orders AS SELECT id FROM open_orders WHERE price > 100;
COMMENT ON VIEW open_orders IS 'not yet paid';
CREATE MATERIALIZED VIEW totals AS SELECT customer_code, sum(price) AS total FROM orders GROUP BY customer_code;
CREATE UNIQUE INDEX totals_key ON totals (customer_code);
CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER look_at_price BEFORE UPDATE OF price ON orders FOR EACH ROW WHEN (OLD.price IS DISTINCT FROM NEW.price) EXECUTE FUNCTION look();
CREATE TRIGGER look_at_all BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION look();
ALTER TABLE orders ENABLE ALWAYS TRIGGER look_at_price;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_orders ON orders FOR SELECT TO pg_monitor USING (customer_code = current_user);
CREATE POLICY all_orders ON orders FOR SELECT TO pg_monitor USING (id > 0);
CREATE RULE never AS ON DELETE TO orders WHERE OLD.state = 'closed' DO INSTEAD NOTHING;
CREATE FUNCTION price_of(which orders) RETURNS numeric LANGUAGE sql AS $$ SELECT which.price $$;
GRANT SELECT ON orders TO pg_monitor;
GRANT UPDATE (price, state) ON orders TO pg_monitor;
GRANT SELECT ON open_orders TO pg_monitor;
GRANT USAGE ON SEQUENCE orders_number_seq TO pg_monitor;
CREATE PUBLICATION some_orders FOR TABLE orders (id, price, ticket, customer_code);
CREATE PUBLICATION whole_orders FOR TABLE items;
