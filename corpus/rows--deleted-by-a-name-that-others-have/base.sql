create table pass (id uuid primary key, club uuid not null, name text not null, unique (club, name));
