UPDATE options SET word = 'mine' WHERE number = 8;
