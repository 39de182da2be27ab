drop view open_quote;
alter table quote drop state;
create view open_quote as select id, note from quote where deleted_at is null;
