CREATE TABLE victim (id integer PRIMARY KEY);
CREATE TABLE "x
DELETE FROM victim; --" (id integer PRIMARY KEY, note text, rank integer);
