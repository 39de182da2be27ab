CREATE TYPE medium AS ENUM ('web', 'mail');
CREATE TABLE sent (id integer NOT NULL, medium medium NOT NULL, PRIMARY KEY (id, medium)) PARTITION BY LIST (medium);
CREATE TABLE sent_web PARTITION OF sent FOR VALUES IN ('web');
CREATE TABLE sent_rest PARTITION OF sent DEFAULT;
