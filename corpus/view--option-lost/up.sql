create or replace view open_quote as select id from quote where price > 0;
