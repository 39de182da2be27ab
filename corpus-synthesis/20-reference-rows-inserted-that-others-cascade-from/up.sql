INSERT INTO features VALUES ('export', 'writes');
