create table flow (id serial primary key);
create table input (id serial primary key, flow_id integer not null references flow, name text not null);
create table job (id bigserial primary key, flow_id integer references flow, input_id integer references input on delete cascade, again_of bigint references job, state text not null);
alter table input add column job_id bigint references job on delete set null;
alter table flow add column parent_job_id bigint references job;
