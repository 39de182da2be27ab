CREATE TABLE shops (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE tills (id uuid PRIMARY KEY, shop uuid NOT NULL REFERENCES shops, serial text NOT NULL, UNIQUE (shop, serial));
CREATE TABLE sales (id integer PRIMARY KEY, shop uuid NOT NULL REFERENCES shops, till uuid NOT NULL REFERENCES tills);
