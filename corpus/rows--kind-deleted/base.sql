create table org (id uuid primary key, gone boolean not null default false);
create table integration (id uuid primary key, org uuid not null references org on delete cascade, kind text not null, options jsonb);
