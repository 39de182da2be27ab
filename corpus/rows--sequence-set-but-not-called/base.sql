create sequence ticket_number;
select setval('ticket_number', 500, false);
create table ticket (code text primary key);
