UPDATE members SET email = 'new@example.org' WHERE id = 3;
