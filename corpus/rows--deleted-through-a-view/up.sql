delete from words where md5(text) = '0123456789abcdef0123456789abcdef';
