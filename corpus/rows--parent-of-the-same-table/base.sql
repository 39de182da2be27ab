create table place (id integer primary key, within integer references place);
