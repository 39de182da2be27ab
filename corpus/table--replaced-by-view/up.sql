alter table quote rename to quote_all;
create view quote as select id, note from quote_all where note <> '';
drop view plain;
create sequence plain;
