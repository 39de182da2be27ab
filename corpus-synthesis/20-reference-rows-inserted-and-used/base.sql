CREATE TABLE countries (code text PRIMARY KEY, name text NOT NULL);
CREATE TABLE shops (id integer PRIMARY KEY, country text NOT NULL REFERENCES countries);
