CREATE TABLE regions (id text PRIMARY KEY, name text NOT NULL);
