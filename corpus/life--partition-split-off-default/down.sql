alter table event detach partition event_b;
insert into event select * from event_b;
drop table event_b;
