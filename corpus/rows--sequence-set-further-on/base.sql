create sequence ticket_number;
select setval('ticket_number', 500);
create table ticket (code text primary key);
