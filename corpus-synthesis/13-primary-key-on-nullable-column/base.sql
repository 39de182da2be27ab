CREATE TABLE counters (name text, hits integer);
