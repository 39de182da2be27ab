INSERT INTO places VALUES (1, 'old', 'Hill');
INSERT INTO towns VALUES (2, 'new', 'Town', 'May');
