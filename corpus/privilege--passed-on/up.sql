revoke all on t from corpus_writer cascade;
revoke all (a) on t from corpus_writer cascade;
