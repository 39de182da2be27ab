alter table t disable trigger t_stamp;
update t set a = 0 where a is null;
