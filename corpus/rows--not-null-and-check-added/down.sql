alter table t drop constraint t_span;
alter table t alter starts drop not null;
