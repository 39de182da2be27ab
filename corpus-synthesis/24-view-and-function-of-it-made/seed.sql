INSERT INTO leaves VALUES (1, 'oak');
