UPDATE articles SET slug = 'premier' WHERE id = 1;
DELETE FROM articles WHERE id = 3;
INSERT INTO articles VALUES (9, 'ninth', NULL);
