INSERT INTO flags VALUES ('c', true);
