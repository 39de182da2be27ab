INSERT INTO halls VALUES (1, 'north');
INSERT INTO seats VALUES (1, 1), (1, 2);
