create table source (id serial primary key, name text not null);
create table run (id bigserial primary key, source_id integer references source on delete cascade, state text not null);
alter table source add column run_id bigint references run on delete set null;
