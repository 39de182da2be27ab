alter table t drop constraint t_org_fkey;
