create index quote_org_idx on quote (org);
update quote set note = lower(trim(note));
