grant create on schema public to corpus_writer;
