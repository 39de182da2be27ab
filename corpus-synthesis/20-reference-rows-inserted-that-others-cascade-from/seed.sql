INSERT INTO features VALUES ('search', 'finds');
INSERT INTO plans VALUES (1, 'search');
