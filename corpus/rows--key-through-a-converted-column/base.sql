create table shop (id integer primary key);
create table till (id uuid primary key, shop integer not null references shop, serial text not null, unique (shop, serial));
create table sale (id integer primary key, shop integer not null references shop, till uuid not null references till);
