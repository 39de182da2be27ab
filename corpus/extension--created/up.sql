create extension citext;
create table t (mail citext);
