CREATE TABLE wishes (
  id integer PRIMARY KEY,
  rank varchar(10) NOT NULL CONSTRAINT known_rank CHECK (rank IN ('low', 'high'))
);
CREATE VIEW urgent AS SELECT id FROM wishes WHERE rank IN ('high', 'asap');
CREATE INDEX ranked ON wishes (id) WHERE rank NOT IN ('low', 'none');
