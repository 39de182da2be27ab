create policy own on t for select using (org = 1);
