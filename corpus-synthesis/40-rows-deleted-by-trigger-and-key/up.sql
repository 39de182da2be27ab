DELETE FROM users WHERE email LIKE '%@shop.test';
