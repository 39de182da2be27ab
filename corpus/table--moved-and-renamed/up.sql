alter table one.a set schema two;
alter table two.a rename to z;
alter table two.z rename n to m;
alter table two.z rename constraint a_id_check to z_id_check;
alter index two.a_n_idx rename to z_m_idx;
alter sequence two.a_id_seq rename to z_id_seq;
create table one.a (id int);
