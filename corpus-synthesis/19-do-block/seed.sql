INSERT INTO members VALUES (1, 'Ann@X.org', '1', 'an'), (2, 'bo@x.org', '2', NULL), (3, 'CY@x.org', NULL, '');
