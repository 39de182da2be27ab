alter table run add column source_id integer references source on delete cascade;
