create text search configuration docs (copy = simple);
alter text search configuration docs alter mapping for word with english_stem;
