alter table t not of;
