create table public.other (a int);
