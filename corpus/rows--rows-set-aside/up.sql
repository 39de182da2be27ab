create table quote_set_aside as select * from quote where price > 1;
delete from quote where price > 1;
