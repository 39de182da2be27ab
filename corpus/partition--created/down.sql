drop table event_rest;
drop table event_2025;
