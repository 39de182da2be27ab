INSERT INTO authors VALUES (1), (2);
INSERT INTO notes VALUES (1, 'one'), (2, 'two');
