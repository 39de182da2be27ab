create extension hstore;
create table public.t (h hstore);
create index t_h_idx on public.t using gin (h);
