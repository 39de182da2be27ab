alter table quote add price numeric(10, 2), add deleted_at timestamptz;
