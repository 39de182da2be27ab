revoke select on quote from corpus_reader;
revoke insert (note) on quote from corpus_reader;
