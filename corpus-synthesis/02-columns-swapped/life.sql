INSERT INTO legs (id, origin, destination) VALUES (9, 'Turku', 'Tartu');
