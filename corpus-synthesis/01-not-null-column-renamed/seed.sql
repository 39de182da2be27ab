INSERT INTO guests VALUES (1, 'Ann Bell', 'vegan'), (2, 'Bo', NULL), (3, '', 'late');
