INSERT INTO contacts VALUES (1, 'Ann Bell'), (2, 'Bo  Ek'), (3, 'Cher');
