create table quote (id integer primary key, total numeric not null, constraint quote_total check (total > 0));
