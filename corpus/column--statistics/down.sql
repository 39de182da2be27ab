alter table quote alter org_id set statistics 500;
alter table quote alter org_id set (n_distinct = 20);
