alter table quote alter org_id set statistics -1;
