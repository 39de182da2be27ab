INSERT INTO tasks (id, phase, past) VALUES (1, 'new', '{}'), (2, 'done', '{new}'), (3, 'done', '{new,done,new}');
