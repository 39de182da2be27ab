INSERT INTO countries VALUES ('XK', 'Kosovo');
