alter table t alter a set storage main, alter a set statistics 10, alter a reset (n_distinct), alter a set (n_distinct_inherited = 3);
alter table t alter b set compression default, alter b set default 'y', alter b set not null;
comment on column t.a is 'longer';
revoke all (a) on t from corpus_reader;
grant insert (b) on t to corpus_writer;
revoke grant option for select (c) on t from corpus_reader;
