create table event_b (like event including all);
with moved as (delete from event_other where region = 'b' returning *) insert into event_b select * from moved;
alter table event attach partition event_b for values in ('b');
