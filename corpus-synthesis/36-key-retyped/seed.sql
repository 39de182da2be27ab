INSERT INTO regions VALUES ('01', 'north'), ('2', 'south');
