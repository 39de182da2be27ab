INSERT INTO floors (name) VALUES ('a'), ('b');
