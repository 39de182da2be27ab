INSERT INTO words VALUES (1, 'a'), (2, 'bcd');
INSERT INTO boxes VALUES (1, 'small', NULL), (2, NULL, 'x');
