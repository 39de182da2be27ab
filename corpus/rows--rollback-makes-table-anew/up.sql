alter table t rename to t_old;
alter index t_pkey rename to t_old_pkey;
