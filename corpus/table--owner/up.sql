alter table quote owner to corpus_writer;
