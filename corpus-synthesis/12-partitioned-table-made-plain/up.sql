ALTER TABLE readings RENAME TO readings_parted;
ALTER TABLE readings_parted RENAME CONSTRAINT readings_pkey TO readings_parted_pkey;
ALTER INDEX readings_level RENAME TO readings_parted_level;
CREATE TABLE readings (id integer NOT NULL, day date NOT NULL, level integer, PRIMARY KEY (id, day));
CREATE INDEX readings_level ON readings (level);
INSERT INTO readings SELECT * FROM readings_parted;
DROP TABLE readings_parted;
