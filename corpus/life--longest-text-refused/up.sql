alter table setting alter value type text;
