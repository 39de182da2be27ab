alter table quote alter org_id set statistics 100;
alter table quote alter org_id set (n_distinct = 30);
