INSERT INTO articles VALUES (1, 'first', 'Once', '2020-02-29'), (2, 'second', NULL, NULL), (3, 'third', '', '2021-01-01');
