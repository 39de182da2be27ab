create domain email as text default 'x@y' constraint email_at check (value like '%@%');
