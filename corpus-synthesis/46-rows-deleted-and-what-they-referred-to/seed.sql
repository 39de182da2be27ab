INSERT INTO halls VALUES (1), (2);
INSERT INTO shows (hall, state) VALUES (1, 'over'), (1, 'over'), (2, 'sold');
