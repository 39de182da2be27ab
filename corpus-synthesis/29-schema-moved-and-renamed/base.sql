CREATE SCHEMA sales;
CREATE SCHEMA attic;
CREATE TABLE sales.deals (id serial PRIMARY KEY, body text);
CREATE TABLE sales.leads (id integer PRIMARY KEY, deal_id integer REFERENCES sales.deals);
GRANT USAGE ON SCHEMA sales TO pg_monitor;
