alter table quote rename org_id to organization_id;
