drop index ticket_code;
alter sequence ticket_number restart;
