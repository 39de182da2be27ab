create table shelf (slug text primary key);
create function path_of(slug text) returns text language plpgsql immutable as
  $$ begin if slug !~ '^[a-z0-9]+$' then raise 'no path: %', slug; end if; return 'root.' || slug; end $$;
