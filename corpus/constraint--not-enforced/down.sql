alter table t alter constraint t_org_fk not enforced;
