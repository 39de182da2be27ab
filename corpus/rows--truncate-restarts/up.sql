truncate t restart identity;
create index t_v on t (v);
