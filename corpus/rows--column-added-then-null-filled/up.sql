update person set nick = 'none' where nick is null;
create index person_nick on person (nick);
