INSERT INTO parents VALUES (1, 'a'), (2, 'b');
INSERT INTO words VALUES (1, 'x'), (2, 'y');
INSERT INTO followers VALUES (1, 1, 1), (2, 2, 2);
INSERT INTO holders VALUES (1, 1), (2, 2);
