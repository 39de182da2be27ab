drop view old_quote;
alter table quote rename to old_quote;
create view quote as select id from old_quote;
