create table public.t (a int);
alter extension citext add table public.t;
