create table label (id integer primary key, words varchar not null);
