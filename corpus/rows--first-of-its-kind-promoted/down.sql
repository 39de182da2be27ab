update person set rights = array_replace(rights, 'owner', 'chief') where 'owner' = any (rights);
