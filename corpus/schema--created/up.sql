create schema sales;
grant usage on schema sales to corpus_reader;
create table sales.t (a int);
