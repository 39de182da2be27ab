CREATE TYPE rank AS ENUM ('low', 'high');
CREATE TABLE "Staff" (
  id integer PRIMARY KEY,
  "First Name" text NOT NULL DEFAULT '?',
  "Nick" text DEFAULT 'none',
  shout text GENERATED ALWAYS AS (upper("Nick")) STORED,
  age smallint NOT NULL,
  rank rank DEFAULT 'low',
  since date NOT NULL DEFAULT '2020-01-01',
  fee numeric(6, 2)
);
COMMENT ON TABLE "Staff" IS 'who works here';
CREATE INDEX staff_by_rank ON "Staff" (rank, age);
