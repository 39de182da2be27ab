create temporary table work as select 1 as a;
alter table quote add extra text;
