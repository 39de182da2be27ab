create policy own on t as restrictive for update to corpus_reader using (org = 1) with check (org = 1);
