INSERT INTO live VALUES (1, 'out');
INSERT INTO draft VALUES (1, 'in'), (2, 'in');
