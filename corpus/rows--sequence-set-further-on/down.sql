drop index ticket_code;
