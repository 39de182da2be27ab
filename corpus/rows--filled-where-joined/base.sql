create table org (id integer primary key, kind text not null);
create table quote (id integer primary key, org integer not null references org, state text not null);
