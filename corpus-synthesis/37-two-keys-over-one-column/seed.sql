INSERT INTO members VALUES (1, 'a'), (2, NULL);
INSERT INTO visits VALUES (7, 2);
