UPDATE devices SET nonces = '{}' WHERE id = 2;
