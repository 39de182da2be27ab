drop index t_open_idx;
