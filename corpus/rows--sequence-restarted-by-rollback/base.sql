create sequence ticket_number start 100;
create table ticket (code text primary key);
