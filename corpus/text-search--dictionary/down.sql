alter text search dictionary words (accept = true);
