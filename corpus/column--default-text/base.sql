create table t (id int, state varchar(10) default 'draft');
