alter table t alter starts set not null;
alter table t add constraint t_span check (ends >= starts);
