CREATE DOMAIN grade AS integer DEFAULT 5;
CREATE TABLE notes (id integer PRIMARY KEY, body text DEFAULT 'none', mark grade);
