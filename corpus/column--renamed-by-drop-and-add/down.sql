alter table quote drop removed_at;
alter table quote add deleted_at timestamptz;
