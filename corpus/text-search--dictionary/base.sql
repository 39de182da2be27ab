create text search dictionary words (template = simple, accept = true);
