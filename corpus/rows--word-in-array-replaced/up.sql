update person set roles = array_replace(roles, 'chief', 'owner');
create index person_roles on person using gin (roles);
