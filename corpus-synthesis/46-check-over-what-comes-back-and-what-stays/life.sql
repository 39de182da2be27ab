UPDATE shelves SET size = 2;
