alter table quote add deleted_at timestamptz;
