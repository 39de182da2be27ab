do $$
declare name text;
begin
  foreach name in array array['a', 'b'] loop
    execute format('alter table quote add column %I text', 'extra_' || name);
    execute format('create index on quote (%I)', 'extra_' || name);
  end loop;
end $$;
