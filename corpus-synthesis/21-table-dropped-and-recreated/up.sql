DROP TABLE settings;
CREATE TABLE settings (name text PRIMARY KEY, value text);
COMMENT ON TABLE settings IS 'by name';
