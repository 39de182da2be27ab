create table stay (id integer primary key, during int4range, constraint no_overlap exclude using gist (during with &&));
