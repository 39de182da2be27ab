alter table t alter id drop identity;
create sequence t_id_seq;
alter table t alter id set default nextval('t_id_seq');
