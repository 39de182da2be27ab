revoke create on schema public from corpus_writer;
