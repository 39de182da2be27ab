DELETE FROM venues WHERE id = 2;
