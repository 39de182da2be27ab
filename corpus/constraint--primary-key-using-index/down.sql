alter table t drop constraint t_pkey;
create unique index t_id_idx on t (id);
