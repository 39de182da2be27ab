create index ticket_code on ticket (code);
