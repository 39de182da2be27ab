create table invitation (id integer primary key, status text not null default 'pending');
