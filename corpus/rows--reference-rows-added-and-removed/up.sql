create index quote_org_idx on quote (org);
insert into org values (901, 'default');
