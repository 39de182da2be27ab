do $$ begin
  if (select count(*) from entry) > 6 then raise 'there are more halls'; end if;
end $$;
