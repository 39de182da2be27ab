INSERT INTO parties VALUES (1, NULL), (2, NULL);
INSERT INTO offers VALUES (1, 1), (2, 2);
INSERT INTO deals VALUES (1, 2), (2, 1);
UPDATE parties SET deal_id = id;
INSERT INTO notes VALUES (1, 1, 'a'), (2, 2, NULL);
