CREATE EXTENSION hstore;
CREATE TABLE things (id integer PRIMARY KEY, traits hstore);
CREATE INDEX things_traits ON things USING gin (traits);
