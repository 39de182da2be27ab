create table t (id int not null, a text);
create unique index t_id_idx on t (id);
