drop index person_nick;
