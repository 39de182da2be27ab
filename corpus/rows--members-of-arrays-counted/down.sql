drop table tag;
