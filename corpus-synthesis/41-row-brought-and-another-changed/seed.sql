INSERT INTO options VALUES (7, 'seven'), (8, 'eight');
