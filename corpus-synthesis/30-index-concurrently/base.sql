CREATE TABLE hits (id integer PRIMARY KEY, url text);
