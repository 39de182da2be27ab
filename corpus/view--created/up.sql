create view open_quote with (security_barrier = true) as select id, note from quote where deleted_at is null;
