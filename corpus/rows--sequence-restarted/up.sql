alter sequence s restart;
create index t_id on t (id);
