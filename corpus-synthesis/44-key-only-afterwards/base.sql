CREATE TABLE keys (key text NOT NULL, space text NOT NULL DEFAULT 'all', at date);
CREATE UNIQUE INDEX keys_key_space ON keys (key, space);
