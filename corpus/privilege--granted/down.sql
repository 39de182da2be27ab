revoke select, insert on quote from corpus_reader;
revoke update (note) on quote from corpus_reader;
