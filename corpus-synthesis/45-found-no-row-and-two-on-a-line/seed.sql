INSERT INTO tasks VALUES (1, 0), (2, 0);
INSERT INTO pages VALUES (1, 'a');
INSERT INTO words VALUES (1, 'x');
