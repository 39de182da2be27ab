alter default privileges in schema public grant select on tables to corpus_reader;
grant select on all tables in schema public to corpus_reader;
