create table setting (name varchar(256) not null unique, value varchar(8192) not null);
