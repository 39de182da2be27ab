INSERT INTO venues VALUES (9, 'Roof');
INSERT INTO tickets VALUES (9, 3, 'Z9');
