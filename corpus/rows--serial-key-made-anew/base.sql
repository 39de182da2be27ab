create table download (id serial primary key, version_id integer not null, day date not null, unique (version_id, day));
