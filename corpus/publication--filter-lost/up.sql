alter publication feed drop table quote;
