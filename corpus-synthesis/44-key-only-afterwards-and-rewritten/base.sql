CREATE TABLE pages (slug text NOT NULL, note text NOT NULL, kind text NOT NULL CHECK (kind IN ('draft', 'live')));
