CREATE TABLE settings (name text PRIMARY KEY, value text, kind text NOT NULL DEFAULT 'plain', changed timestamptz);
