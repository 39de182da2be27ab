create table org (id integer primary key, name text not null);
create table quote (
  id integer primary key,
  org integer not null references org,
  note text,
  price numeric(10, 2) not null
);
