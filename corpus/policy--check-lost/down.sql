create policy own on t for all using (org = 1);
