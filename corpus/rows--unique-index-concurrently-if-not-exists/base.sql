create type row_of as enum ('front', 'back');
create table seat (id integer primary key, place row_of not null);
