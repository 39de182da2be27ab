drop trigger stamp on quote;
drop function stamp();
