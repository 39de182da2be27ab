drop user mapping for corpus_reader server far;
