create table pattern (id uuid primary key, name text not null);
create table letter (id serial primary key, pattern_id uuid not null references pattern on delete cascade, body text not null);
