INSERT INTO orders VALUES (2, 'GB'), (3, 'FR');
