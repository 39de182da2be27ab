INSERT INTO notices VALUES (1, 'comment'), (2, 'follow'), (3, 'toast');
