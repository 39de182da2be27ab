INSERT INTO badges VALUES (1, 'ab'), (2, 'abcde'), (3, '');
