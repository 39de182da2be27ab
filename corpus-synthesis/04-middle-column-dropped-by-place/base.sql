CREATE TABLE articles (id integer PRIMARY KEY, slug text NOT NULL, body text, published date);
CREATE TABLE kept (LIKE articles);
CREATE FUNCTION keep_article(which integer) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO kept SELECT * FROM articles WHERE id = which;
  RETURN (SELECT body FROM kept WHERE id = which);
END
$$;
