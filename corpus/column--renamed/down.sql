alter table quote rename organization_id to org_id;
