create table t (id int);
create sequence ticket owned by t.id;
