alter table quote drop total;
alter table quote add amount integer;
