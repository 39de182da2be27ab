create table org (id int primary key);
create table t (org int constraint t_org_fk references org (id) not enforced);
