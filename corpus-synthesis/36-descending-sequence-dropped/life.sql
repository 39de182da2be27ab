INSERT INTO floors VALUES (-3, 'c');
