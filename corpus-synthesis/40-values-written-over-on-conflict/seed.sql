INSERT INTO settings VALUES ('theme', 'light'), ('size', 'small');
