alter table t disable trigger t_always;
drop trigger t_disabled on t;
drop trigger t_replica on t;
drop trigger t_later on t;
alter table t enable rule t_rule;
comment on trigger t_always on t is null;
