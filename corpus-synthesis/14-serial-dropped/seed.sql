INSERT INTO bills (total) VALUES (10), (20), (NULL);
