create table event (id integer, day date not null, note text) partition by range (day);
create table event_2024 partition of event for values from ('2024-01-01') to ('2025-01-01');
