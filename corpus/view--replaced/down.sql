drop view open_quote;
create view open_quote as select id, note from quote where deleted_at is null;
