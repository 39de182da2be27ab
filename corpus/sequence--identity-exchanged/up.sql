alter table t alter id drop default;
drop sequence t_id_seq;
alter table t alter id add generated always as identity;
alter table t alter n drop identity;
create sequence t_n_seq owned by t.n;
alter table t alter n set default nextval('t_n_seq');
alter sequence t_m_seq owned by none;
alter sequence t_m_seq increment 2 cache 5 cycle;
