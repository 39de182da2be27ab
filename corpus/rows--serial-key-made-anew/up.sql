alter table download drop column id;
alter table download add constraint download_pkey primary key (version_id, day);
