DELETE FROM members WHERE state = 'spam';
