create domain email as text default 'x@y';
