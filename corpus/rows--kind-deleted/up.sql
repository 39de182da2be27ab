do $$ begin
  delete from integration where kind = 'telegraph';
end $$;
create index integration_kind on integration (kind);
