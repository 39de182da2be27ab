drop index ticket_code;
select nextval('ticket_number');
