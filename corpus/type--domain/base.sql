create domain email as text constraint email_at check (value like '%@%');
