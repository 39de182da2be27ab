alter table t alter constraint t_org_fk enforced;
