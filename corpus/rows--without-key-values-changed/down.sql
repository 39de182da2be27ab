drop index t_a;
