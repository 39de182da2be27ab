alter table t not of;
alter table t alter a drop not null;
alter table t drop constraint t_b;
alter table u of pair;
