create text search configuration docs (copy = simple);
