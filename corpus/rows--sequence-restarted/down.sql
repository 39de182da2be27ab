drop index t_id;
