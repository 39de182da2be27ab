drop index person_roles;
