update t set id = id + 100000;
create index t_v on t (v);
