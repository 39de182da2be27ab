create index ticket_code on ticket (code);
select setval('ticket_number', 9000, false);
