INSERT INTO secrets (body) VALUES ('a'), ('b');
