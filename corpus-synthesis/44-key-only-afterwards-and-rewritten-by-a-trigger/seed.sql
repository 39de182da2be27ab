INSERT INTO pages VALUES ('x', 'first', 'live'), ('x', 'second', 'draft');
