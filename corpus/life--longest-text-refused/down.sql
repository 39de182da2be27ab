alter table setting alter value type varchar(8192);
