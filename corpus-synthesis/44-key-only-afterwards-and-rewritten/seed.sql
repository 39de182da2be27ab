INSERT INTO pages VALUES ('x', 'first', 'live'), ('y', 'second', 'draft');
