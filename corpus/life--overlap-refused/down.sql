alter table stay drop constraint if exists no_overlap;
alter table stay add constraint no_overlap exclude using gist (during with &&);
