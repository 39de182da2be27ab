INSERT INTO countries VALUES ('XK', 'Kosovo');
INSERT INTO shops VALUES (9, 'XK');
