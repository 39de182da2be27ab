create table event (id int, at date not null, kind text) partition by range (at);
create table event_2024 partition of event for values from ('2024-01-01') to ('2025-01-01');
create index event_kind_idx on event (kind);
create table event_2025 (id int, at date not null, kind text);
