CREATE TABLE articles (id integer PRIMARY KEY, slug text NOT NULL, body text, published date);
