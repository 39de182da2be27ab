CREATE TABLE logs (id integer PRIMARY KEY, at date NOT NULL, body text) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);
CREATE UNIQUE INDEX logs_at ON logs (at) WITH (fillfactor = 60);
CREATE INDEX logs_size ON logs (length(body));
ALTER INDEX logs_size ALTER COLUMN 1 SET STATISTICS 300;
ALTER TABLE logs ALTER COLUMN body SET STATISTICS 42;
ALTER TABLE logs ALTER COLUMN body SET (n_distinct = -0.5);
ALTER TABLE logs CLUSTER ON logs_at;
ALTER TABLE logs REPLICA IDENTITY USING INDEX logs_at;
