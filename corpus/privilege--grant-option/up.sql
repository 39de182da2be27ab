revoke select on quote from corpus_reader;
