create table town (code text primary key check (code ~ '^T[0-9]{3}$'), name text not null);
create table club (id integer primary key, town_code text not null, town text);
