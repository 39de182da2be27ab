create table t (org int, owner text);
alter table t enable row level security;
create policy own on t for all using (org = 1) with check (org = 2);
