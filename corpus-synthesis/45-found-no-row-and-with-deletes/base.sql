CREATE TABLE orders (id integer PRIMARY KEY, state integer);
CREATE TABLE drafts (id integer PRIMARY KEY, word text);
CREATE VIEW open_drafts AS SELECT id, word FROM drafts;
