drop table between;
