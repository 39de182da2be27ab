alter table stay drop constraint no_overlap;
