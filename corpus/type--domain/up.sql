alter domain email drop constraint email_at;
alter domain email add constraint email_at check (value like '%@%.%');
