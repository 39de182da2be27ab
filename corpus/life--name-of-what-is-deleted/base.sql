create table club (id uuid primary key, name text not null, since timestamptz not null, constraint club_name unique (name));
create unique index club_name_again on club (name);
create unique index club_name_lower on club (lower(name));
