alter table event detach partition event_rest;
drop table event_rest;
