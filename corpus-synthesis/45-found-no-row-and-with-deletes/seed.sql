INSERT INTO orders VALUES (1, 0), (2, 0);
INSERT INTO drafts VALUES (1, 'a'), (3, 'b');
