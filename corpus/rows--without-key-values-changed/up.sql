update t set b = b || '!';
create index t_a on t (a);
