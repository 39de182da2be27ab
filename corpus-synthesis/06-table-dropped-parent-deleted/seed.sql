INSERT INTO venues VALUES (1, 'Hall'), (2, 'Barn');
INSERT INTO concerts VALUES (1, 1, 'Octet'), (2, 2, 'Duo'), (3, NULL, 'Solo');
INSERT INTO tickets VALUES (1, 1, 'A1'), (2, 2, NULL), (3, NULL, 'C3');
