UPDATE shelves SET used = 0;
