update ticket set code = 'void' where md5(code) = '0123456789abcdef0123456789abcdef';
