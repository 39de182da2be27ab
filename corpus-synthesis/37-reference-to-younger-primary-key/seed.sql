INSERT INTO members VALUES (1, 'Ada');
INSERT INTO visits VALUES (1, 1);
