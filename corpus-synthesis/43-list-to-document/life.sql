UPDATE devices SET name = 'c' WHERE id = 2;
