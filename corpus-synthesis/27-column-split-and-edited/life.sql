UPDATE contacts SET last = 'Bond' WHERE id = 2;
