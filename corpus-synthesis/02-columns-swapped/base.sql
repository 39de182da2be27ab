CREATE TABLE legs (id integer PRIMARY KEY, origin text NOT NULL, destination text NOT NULL);
