create or replace function greet() returns text language sql as $$select 'x'$$;
