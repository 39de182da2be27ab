begin read only;
drop table public.t;
commit;
