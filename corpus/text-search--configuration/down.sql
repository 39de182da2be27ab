drop text search configuration docs;
