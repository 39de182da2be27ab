CREATE TABLE members (id integer PRIMARY KEY, email text NOT NULL CONSTRAINT one_email UNIQUE);
