grant select on quote to corpus_reader;
