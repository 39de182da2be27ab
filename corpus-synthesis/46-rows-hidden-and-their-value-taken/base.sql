CREATE TABLE accounts (
  id integer PRIMARY KEY,
  login text,
  tenant integer NOT NULL,
  closed boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX one_login ON accounts (tenant, lower(login)) WHERE NOT closed;
