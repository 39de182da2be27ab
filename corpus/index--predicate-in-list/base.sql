create table t (id int, state varchar(10));
create index t_open_idx on t (id) where state in ('draft', 'sent');
