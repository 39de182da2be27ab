INSERT INTO badges VALUES (9, 'abcdefg');
