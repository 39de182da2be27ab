drop table quote;
