create user mapping for corpus_reader server far options (login 'a');
