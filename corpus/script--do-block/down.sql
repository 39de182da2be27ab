do $$
begin
  execute 'alter table quote drop column extra_a, drop column extra_b';
end $$;
