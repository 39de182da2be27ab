alter table download drop constraint download_pkey;
alter table download add column id serial;
alter table download add constraint download_pkey primary key (id);
