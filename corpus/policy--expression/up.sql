alter policy own on t using (org = 2);
