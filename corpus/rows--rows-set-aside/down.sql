insert into quote select * from quote_set_aside;
drop table quote_set_aside;
