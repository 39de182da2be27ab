CREATE TABLE bills (id serial PRIMARY KEY, total integer);
