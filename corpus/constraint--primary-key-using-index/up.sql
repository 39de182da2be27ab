alter table t add constraint t_pkey primary key using index t_id_idx;
