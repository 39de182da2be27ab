create table team (id serial primary key, login text);
