create table person (id uuid primary key, rights text[] not null default '{}', born timestamptz not null default now());
