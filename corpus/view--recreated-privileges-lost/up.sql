drop view open_quote;
alter table quote add state text;
create view open_quote as select id, note, state from quote;
