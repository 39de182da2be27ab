UPDATE steps SET word = 'one, edited' WHERE pos = 2;
