INSERT INTO people VALUES (1, 'Ann');
INSERT INTO staff VALUES (2, 'Bo', 10);
