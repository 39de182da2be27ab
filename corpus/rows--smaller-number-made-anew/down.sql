create temp table set_aside as select id, amount from reading;
alter table reading drop column amount;
alter table reading add column amount numeric(12, 2);
update reading r set amount = a.amount from set_aside a where a.id = r.id;
drop table set_aside;
