INSERT INTO members VALUES (1, 'ann@example.org'), (2, 'Ann@example.org'), (3, 'bob@example.org');
