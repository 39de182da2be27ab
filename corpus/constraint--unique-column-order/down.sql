alter table quote add constraint quote_key unique (note, org_id);
