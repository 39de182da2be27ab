create or replace view open_quote as select id, note, price from quote where deleted_at is null;
