create table tasting (id integer primary key, tags text[] not null);
