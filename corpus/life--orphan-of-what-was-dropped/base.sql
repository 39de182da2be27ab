CREATE TABLE colours (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE cars (id int PRIMARY KEY, colour int REFERENCES colours (id));
