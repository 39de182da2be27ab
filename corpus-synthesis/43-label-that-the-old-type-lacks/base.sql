CREATE TYPE about AS ENUM ('comment', 'toast', 'follow');
CREATE TABLE notices (id integer PRIMARY KEY, about about NOT NULL, told boolean NOT NULL DEFAULT false);
CREATE INDEX notices_about ON notices (about);
