create table org (id integer primary key, name text);
create table quote (id integer primary key, org_id integer constraint quote_org references org, note text);
