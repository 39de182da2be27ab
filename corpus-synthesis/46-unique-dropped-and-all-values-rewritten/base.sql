CREATE TABLE members (id serial PRIMARY KEY, email text NOT NULL CONSTRAINT one_email UNIQUE);
