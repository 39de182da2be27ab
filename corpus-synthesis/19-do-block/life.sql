UPDATE members SET email = 'cy@new.org' WHERE id = 3;
UPDATE members SET phone = '22' WHERE id = 2;
INSERT INTO members VALUES (9, 'ine@x.org', '9');
