do $$
begin
  execute 'alter table quote add column extra text';
  execute 'comment on table quote is ''changed''';
end $$;
