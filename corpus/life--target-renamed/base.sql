create table club (id integer primary key, name text);
create table visit (id integer primary key, club integer not null references club);
