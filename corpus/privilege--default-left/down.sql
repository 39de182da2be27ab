revoke select on all tables in schema public from corpus_reader;
