CREATE TABLE countries (id integer PRIMARY KEY, code text NOT NULL UNIQUE);
CREATE TABLE orders (id integer PRIMARY KEY, country text CONSTRAINT known_country REFERENCES countries (code));
