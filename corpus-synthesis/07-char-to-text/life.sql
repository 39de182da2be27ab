UPDATE badges SET letters = 'xy' WHERE id = 2;
INSERT INTO badges VALUES (9, 'q');
