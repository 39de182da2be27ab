create table token (id serial primary key, person_id integer not null references person, token text not null unique);
insert into token (person_id, token) select id, token from person;
