INSERT INTO options VALUES (424242, 'brought');
UPDATE options SET word = 'hit' WHERE number = 7;
