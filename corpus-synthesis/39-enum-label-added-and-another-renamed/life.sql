INSERT INTO people VALUES (3, 'wild'), (4, 'blue');
