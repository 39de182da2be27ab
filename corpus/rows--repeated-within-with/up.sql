with ranked as (
  select id, row_number() over (partition by provider, account order by id desc) as place
  from line
  where closed_at is null and account is not null
)
update line set closed_at = '2024-01-01', closed_for = 'double' where id in (select id from ranked where place > 1);
create unique index line_open on line (provider, account) where closed_at is null;
