CREATE TABLE readings (id integer NOT NULL, day date NOT NULL, level integer, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE readings_2026 PARTITION OF readings FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE readings_other PARTITION OF readings DEFAULT;
CREATE INDEX readings_level ON readings (level);
