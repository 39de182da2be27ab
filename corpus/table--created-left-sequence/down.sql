drop table line;
