create extension if not exists citext;
create table t (mail citext);
