CREATE TABLE moves (id integer NOT NULL, day date NOT NULL, qty integer NOT NULL, note text, PRIMARY KEY (id, day), CONSTRAINT not_zero CHECK (qty <> 0)) PARTITION BY RANGE (day);
CREATE TABLE moves_2024 PARTITION OF moves FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (id);
CREATE TABLE moves_2024_first PARTITION OF moves_2024 FOR VALUES IN (1, 2);
CREATE TABLE animals (name text PRIMARY KEY, legs integer);
CREATE TABLE birds (wings integer) INHERITS (animals);
