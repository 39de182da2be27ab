INSERT INTO countries VALUES ('FR', 'France'), ('PT', 'Portugal');
