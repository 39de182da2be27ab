create sequence ticket_number increment by -5;
select setval('ticket_number', -500);
create table ticket (code text primary key);
