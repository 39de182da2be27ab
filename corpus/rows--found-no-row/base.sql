create table ticket (id integer primary key, code text not null);
