drop table t;
drop extension citext;
