CREATE TABLE contacts (id integer PRIMARY KEY, full_name text NOT NULL);
