create table trait (name text primary key, settings jsonb not null);
