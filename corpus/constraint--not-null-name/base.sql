create table t (id int constraint id_given not null);
