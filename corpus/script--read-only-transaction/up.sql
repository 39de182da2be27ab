begin;
create table public.t (a int);
commit;
