drop index t_v;
