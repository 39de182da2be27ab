CREATE TABLE live (id integer PRIMARY KEY, body text);
CREATE TABLE draft (id integer PRIMARY KEY, body text);
CREATE INDEX live_body ON live (body);
