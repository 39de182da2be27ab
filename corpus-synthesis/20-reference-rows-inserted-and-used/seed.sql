INSERT INTO countries VALUES ('BE', 'Belgium'), ('NL', 'Netherlands');
INSERT INTO shops VALUES (1, 'BE');
