DELETE FROM notes WHERE author NOT IN (SELECT id FROM authors);
