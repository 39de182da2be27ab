INSERT INTO samples VALUES ('2024-01-01', 1, 'a'), ('2024-01-01', 1, 'a'), (NULL, NULL, NULL);
