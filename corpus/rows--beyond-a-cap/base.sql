create table plan (id integer primary key, longest bigint not null);
