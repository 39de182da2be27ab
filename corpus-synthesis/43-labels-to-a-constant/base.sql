CREATE TYPE shape AS ENUM ('split', 'whole');
CREATE TABLE plans (id integer PRIMARY KEY, shape shape NOT NULL);
CREATE VIEW shapes AS SELECT shape FROM plans;
