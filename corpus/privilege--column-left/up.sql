grant select on quote to corpus_reader;
grant update (note) on quote to corpus_reader;
