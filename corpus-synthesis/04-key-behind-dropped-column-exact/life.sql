INSERT INTO clubs (region, founded) VALUES ('east', '2021-01-01');
INSERT INTO members VALUES (3, 42, 42);
DELETE FROM clubs WHERE id = 20;
