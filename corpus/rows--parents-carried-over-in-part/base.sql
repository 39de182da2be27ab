create table org_old (id uuid primary key, name text not null, left_at timestamptz);
create table member (id uuid primary key, org uuid not null references org_old, name text not null);
