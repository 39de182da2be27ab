INSERT INTO countries VALUES ('FR', 'France'), ('NL', 'Holland'), ('PT', 'Portugal') ON CONFLICT DO NOTHING;
